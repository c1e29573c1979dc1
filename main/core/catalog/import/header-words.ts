import type { Field } from './headers.ts'

/**
 * Names that shops and their programs give to columns, in Spanish and English, the more usual first.
 * Written as `headerKey` leaves them: lower case, no accents, no signs.
 */
const words: Partial<Record<Field, string>> = {
  name: 'nombre|nombre del producto|nombre producto|nombre de producto|producto|productos|articulo|nombre articulo|nombre del articulo|name|product name|item name|product title|title|titulo|product|item|denominacion|servicio|service|nombre del servicio|nombre comercial|product name en|descripcion del producto|descripcion articulo|descripcion del articulo|descripcion producto',
  description:
    'descripcion|description|descripcion larga|descripcion completa|descripcion detallada|long description|full description|body html|body|detalle|detalles|details|concepto|product description|texto',
  shortDescription:
    'descripcion corta|descripcion breve|breve descripcion|short description|resumen|summary|subtitulo',
  price:
    'precio|price|pvp|p v p|precio venta|precio de venta|precio de venta al publico|precio venta publico|precio publico|precio al publico|precio final|precio con iva|precio iva incluido|precio unitario|precio unidad|precio por unidad|precio unit|p unitario|p unit|selling price|retail price|unit price|variant price|precio detal|precio al detal|precio minorista|precio menudeo|precio regular|precio normal|regular price|precio actual|current price|precio web|precio tienda|precio lista|precio de lista|list price|price incl vat|precio contado|precio efectivo|valor|valor unitario|valor venta|tarifa|importe|precio base|amount|precio sin iva|precio neto|net price',
  salePrice:
    'precio oferta|precio de oferta|precio en oferta|oferta|precio rebajado|precio rebaja|precio promocion|precio promocional|precio promo|precio de promocion|sale price|precio con descuento|precio descuento|discount price|discounted price|special price|precio especial|promo price|precio outlet|rebajado',
  compareAt:
    'precio anterior|precio antes|antes|precio comparacion|precio de comparacion|precio comparativo|compare at price|compare at|variant compare at price|precio tachado|precio original|original price|was price|was|rrp|msrp|pvpr|pvp recomendado|precio recomendado|precio sugerido|old price|precio viejo',
  cost: 'coste|costo|cost|cost per item|precio de compra|precio compra|precio de costo|precio de coste|precio costo|precio coste|costo unitario|coste unitario|unit cost|cost price|purchase price|costo por articulo|coste por articulo|costo promedio|ultimo costo|costo compra|precio proveedor|supplier price|wholesale|wholesale price|precio mayorista|precio mayoreo|precio al por mayor|precio por mayor|precio al mayor|precio mayor|precio distribuidor|trade price|dealer price|cogs|p compra|p costo|pcosto',
  sku: 'sku|codigo|codigo sku|codigo de producto|codigo producto|codigo articulo|codigo del articulo|codigo de articulo|codigo interno|cod|cod articulo|cod producto|referencia|ref|reference|code|item code|product code|clave|variant sku|part number|part no|item number|item no|numero de articulo|num articulo|n articulo|articulo no|id sku|stock code|clave producto',
  barcode:
    'codigo de barras|codigo barras|cod barras|cod de barras|barcode|bar code|ean|ean13|ean 13|ean code|codigo ean|upc|gtin|isbn|variant barcode|gtin upc ean or isbn|gtin upc ean o isbn',
  stock:
    'stock|existencias|existencia|inventario|inventory|stock actual|stock disponible|cantidad en stock|unidades en stock|cantidad disponible|cantidad|unidades disponibles|unidades|disponible|disponibles|disponibilidad|availability|available|qty|quantity|stock quantity|inventory quantity|quantity available|on hand|qty on hand|in stock|en stock|en existencia|hay stock|hay existencias|variant inventory qty|saldo|cant|piezas',
  status:
    'estado|status|estatus|activo|active|publicado|published|visible|visibilidad|visibility|situacion|habilitado|enabled|estado del producto',
  category:
    'categoria|category|categorias|categories|categoria principal|rubro|familia|departamento|seccion|linea|product category|product type|tipo de producto|grupo|coleccion|collection|department|tipo|type|clase|categoria de producto',
  subcategory:
    'subcategoria|sub categoria|subcategory|sub category|subfamilia|sub familia|subrubro|sub rubro|subgrupo',
  brand: 'marca|brand|fabricante|manufacturer|vendor|maker|brand name|editorial|laboratorio|casa',
  tags: 'etiquetas|tags|tag|etiqueta|palabras clave|keywords|labels',
  aliases:
    'alias|aliases|sinonimos|sinonimo|synonyms|otros nombres|otro nombre|nombres alternativos|nombre alternativo|tambien llamado|also known as|aka|alternative names|tambien conocido como',
  image:
    'imagen|imagenes|image|images|foto|fotos|photo|photos|picture|pictures|url imagen|url de imagen|url de la imagen|imagen url|image url|image link|image src|url foto|foto url|imagen principal|main image|archivo de imagen|imagen destacada',
  url: 'url|enlace|link|product url|url producto|url del producto|permalink|pagina|web|product link|external url|url externa',
  taxClass:
    'iva|impuesto|impuestos|tax|tax class|vat|tipo iva|tipo de iva|tasa iva|tax rate|vat rate|clase de impuesto|igv|itbis|porcentaje iva|iva porcentaje',
  leadTime:
    'plazo|plazo de entrega|plazo entrega|plazo dias|plazo de entrega dias|tiempo de entrega|tiempo entrega|lead time|lead time days|dias de entrega|dias entrega|delivery time|tiempo de elaboracion|tiempo elaboracion|tiempo de preparacion|tiempo de produccion|plazo de preparacion|plazo de elaboracion|production time|handling time|dias de elaboracion|dias de preparacion|plazo de fabricacion|tiempo de fabricacion|dias de antelacion|antelacion',
  madeToOrder:
    'bajo pedido|por encargo|made to order|encargo|sobre pedido|a pedido|por pedido|hecho por encargo|on order|de encargo|bajo encargo',
  unit: 'unidad|unidad de medida|unidad medida|unidad de venta|um|u m|uom|unit|unit of measure|se vende por|sold by|unidad venta',
  minQuantity:
    'cantidad minima|pedido minimo|compra minima|minimo de compra|minimo por pedido|min|minimo|min qty|min quantity|minimum quantity|minimum order|min order|moq|minimum order quantity|venta minima',
  maxQuantity:
    'cantidad maxima|compra maxima|maximo de compra|maximo por pedido|maximo por cliente|max|maximo|max qty|max quantity|maximum quantity|max order|limite por pedido',
  kind: 'producto o servicio|clase de articulo|kind|good or service|bien o servicio',
  externalId: 'id|id producto|id del producto|product id|external id|id articulo|item id',
  parent:
    'parent|padre|sku padre|parent sku|codigo padre|producto padre|referencia padre|ref padre|handle|item group id|grupo de variantes|parent id|parent code|agrupador|codigo modelo|superior|url handle',
  option:
    'talla|talle|tallas|size|tamano|color|colour|colores|color name|sabor|flavor|flavour|aroma|fragancia|scent|presentacion|variante|variant|variacion|variation|opcion|option|medida|medidas|capacidad|capacity|numero|numeracion|estilo|style|modelo variante|largo|longitud|formato|format|pack|material|acabado|finish|gramaje|peso neto|volumen|tono|shade|diseno|version|tela|corte',
  ignored:
    'proveedor|supplier|proveedores|margen|margin|markup|ganancia|utilidad|beneficio|profit|rentabilidad|notas internas|nota interna|internal notes|observaciones internas|ubicacion|almacen|bodega|location|warehouse|estante|pasillo|orden|posicion|position|menu order|stock minimo|min stock|stock min|minimum stock|punto de reorden|punto de pedido|reorder point|low stock amount|stock maximo|stock max|descuento|discount|descuento maximo|comision|commission|cuenta contable|n|no|num|item n|fila|row|subtotal|total|valor inventario|valor total|valor stock|importe total|costo total|ventas|vendidos|sold|fecha|fecha de alta|fecha alta|fecha de compra|created at|updated at|created|updated|seo title|seo description|costo de envio|coste de envio|gastos de envio|shipping cost|precio envio|envio',
}

export const knownHeaders: ReadonlyMap<string, { field: Field; rank: number }> = new Map(
  Object.entries(words).flatMap(([field, list]) =>
    // Object.entries widens the keys of the record above; they are fields.
    list.split('|').map((word, rank) => [word, { field: field as Field, rank }] as const),
  ),
)

/** What whole families of names mean; the first that fits counts, and the money ones come first. */
export const patternHeaders: readonly { pattern: RegExp; field: Field }[] = [
  { pattern: /\b(?:envio|shipping|flete|freight)\b/, field: 'ignored' },
  {
    pattern:
      /\b(?:margen|margin|markup|ganancia|utilidad|profit|proveedor|supplier|interno|interna|internal)\b/,
    field: 'ignored',
  },
  {
    pattern:
      /\b(?:costes?|costos?|cost|costs|compra|purchase|wholesale|mayorista|mayoreo|mayor|distribuidor|dealer|reseller|cogs|adquisicion|franquicia)\b/,
    field: 'cost',
  },
  {
    pattern:
      /^(?:imagen|image|foto|photo|picture)(?: (?:url|link|src|adicional|additional|extra))*(?: \d+)?$|^additional image/,
    field: 'image',
  },
  {
    pattern:
      /\b(?:oferta|rebajad[oa]|promo|promocion|promocional|descuento|sale|discounted) (?:precio|price)\b|\b(?:precio|price|pvp) (?:en |de |con )?(?:oferta|rebajad[oa]|promo|promocion|promocional|sale)\b/,
    field: 'salePrice',
  },
  {
    pattern:
      /\b(?:anterior|antes|tachado|original|recomendado|sugerido|compare|was)\b.*\b(?:precio|price|pvp)\b|\b(?:precio|price|pvp)\b.*\b(?:anterior|antes|tachado|original|recomendado|sugerido)\b/,
    field: 'compareAt',
  },
  {
    pattern:
      /^(?:precio|price|pvp)(?: (?:de|al|por|en|con|venta|publico|final|unidad|unitario|iva|incluido|incl|inc|vat|tax|kg|kilo|total|tienda|web|online|s|20\d\d|\d))*$/,
    field: 'price',
  },
  {
    pattern: /\b(?:precio|price|pvp|tarifa|importe|amount|cuota|fee|valor|descuento|discount|dto|comision)\b/,
    field: 'ignored',
  },
  { pattern: /\bstock (?:min|max)|(?:fecha|date)\b|\b(?:reorden|reorder)\b/, field: 'ignored' },
  { pattern: /^(?:talla|size|color|colour|sabor|flavou?r|medida|numero)\b/, field: 'option' },
  { pattern: /^seo |^google shopping|^meta /, field: 'ignored' },
  { pattern: /^(?:stock|existencias|inventario|inventory|cantidad)\b/, field: 'stock' },
  {
    pattern: /^(?:plazo|tiempo) de (?:entrega|elaboracion|preparacion|fabricacion)|^lead time/,
    field: 'leadTime',
  },
]
