import { getLocale, getTranslations } from 'next-intl/server'
import { chooseLocale } from '@/lib/i18n/choose-locale'

/** One button that turns the page into the other language. Works without JavaScript. */
export async function LanguageSwitch() {
  const t = await getTranslations('common.language')
  const other = (await getLocale()) === 'vi' ? 'en' : 'vi'
  return (
    <form action={chooseLocale}>
      <button
        name="locale"
        value={other}
        lang={other}
        aria-label={`${t('label')}: ${t('other')}`}
        className="inline-flex min-h-11 items-center rounded-md px-2 text-muted underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"
      >
        {t('other')}
      </button>
    </form>
  )
}
