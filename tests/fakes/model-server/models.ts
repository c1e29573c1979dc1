import type { FakePricing } from './usage.ts'
import type { Flavour } from './wire.ts'

export interface FakeModel {
  id: string
  name?: string
  contextTokens?: number
  /** OpenRouter alone tells it. */
  pricing?: FakePricing
  tools?: boolean
  /** Thinks before it answers unless it is told not to. */
  thinks?: boolean
}

export function usualModels(flavour: Flavour): FakeModel[] {
  if (flavour === 'deepseek')
    return [
      { id: 'deepseek-flash', contextTokens: 1_048_576, thinks: true },
      { id: 'deepseek-v4-pro', contextTokens: 1_048_576, thinks: true },
    ]
  if (flavour === 'openrouter')
    return [
      {
        id: 'deepseek/deepseek-v4-flash',
        name: 'DeepSeek: DeepSeek V4 Flash',
        contextTokens: 1_048_576,
        pricing: { prompt: '0.00000014', completion: '0.00000028', input_cache_read: '0.000000028' },
      },
      {
        id: 'meta-llama/llama-3.3-70b-instruct',
        name: 'Meta: Llama 3.3 70B Instruct',
        contextTokens: 131_072,
        pricing: { prompt: '0.0000001', completion: '0.00000032' },
      },
      {
        id: 'qwen/qwen3-8b:free',
        name: 'Qwen: Qwen3 8B (free)',
        contextTokens: 40_960,
        pricing: { prompt: '0', completion: '0' },
      },
      {
        id: 'old/no-tools',
        name: 'Without tools',
        contextTokens: 4096,
        pricing: { prompt: '0.000001', completion: '0.000002' },
        tools: false,
      },
    ]
  return [{ id: 'qwen3-4b-instruct', contextTokens: 32_768 }]
}

/** The list as each service prints it. */
export function modelList(flavour: Flavour, models: readonly FakeModel[]): object {
  if (flavour === 'openrouter')
    return {
      data: models.map((model) => ({
        id: model.id,
        canonical_slug: model.id,
        name: model.name ?? model.id,
        created: 1_770_000_000,
        description: 'A model',
        context_length: model.contextTokens ?? null,
        architecture: { modality: 'text->text', input_modalities: ['text'], output_modalities: ['text'] },
        pricing: { request: '0', image: '0', ...model.pricing },
        top_provider: { context_length: model.contextTokens ?? null, max_completion_tokens: null },
        supported_parameters: [
          'max_tokens',
          'temperature',
          ...(model.tools === false ? [] : ['tools', 'tool_choice']),
          ...(model.thinks === true ? ['reasoning', 'include_reasoning'] : []),
        ],
      })),
    }
  return {
    object: 'list',
    data: models.map((model) => ({
      id: model.id,
      object: 'model',
      created: 1_770_000_000,
      owned_by: flavour === 'deepseek' ? 'deepseek' : 'library',
      ...(flavour === 'custom' && model.contextTokens !== undefined
        ? { max_model_len: model.contextTokens }
        : {}),
    })),
  }
}

/** How each service says that it has no such model. */
export function unknownModel(
  flavour: Flavour,
  model: string,
): { status: number; message: string; code?: string } {
  if (flavour === 'deepseek') return { status: 400, message: 'Model Not Exist' }
  if (flavour === 'openrouter') return { status: 400, message: `${model} is not a valid model ID` }
  return { status: 404, message: `The model \`${model}\` does not exist`, code: 'model_not_found' }
}
