import type { Locale as WorklabLocale } from './locales'

declare module 'next-intl' {
  interface AppConfig {
    Locale: WorklabLocale
  }
}
