import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'

export function PageLoader() {
  const { t } = useTranslation()
  return (
    <Center component="main" h="60vh" role="status">
      <Loader aria-hidden />
      <span className="visually-hidden">{t('loading')}</span>
    </Center>
  )
}
