import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Icon } from '@/components/ui/icon'
import { getViewer } from '@/lib/auth'
import { currentWeek } from '@/lib/worklog/weeks'
import { LanguageSwitch } from './language-switch'
import { NavLink } from './nav-link'
import { Wordmark } from './wordmark'

/** The head of every page: where one is, where one can go, in which language, as whom. */
export async function SiteHeader() {
  const [t, viewer] = await Promise.all([getTranslations('common'), getViewer()])
  return (
    <header className="no-print border-b border-line">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 px-4 sm:px-6">
        <Link prefetch={false} href={`/weeks/${currentWeek}`} aria-label={t('nav.home')} className="inline-flex min-h-14 items-center">
          <Wordmark />
        </Link>
        <nav aria-label={t('nav.label')} className="order-last -mx-1 flex w-full gap-x-3 overflow-x-auto sm:order-none sm:w-auto sm:gap-x-5">
          <NavLink href={`/weeks/${currentWeek}`}>{t('nav.week', { week: currentWeek })}</NavLink>
          <NavLink href="/sandbox">{t('nav.sandbox')}</NavLink>
          <NavLink href="/glossary">{t('nav.glossary')}</NavLink>
          {viewer?.role === 'MENTOR' && <NavLink href="/mentor">{t('nav.mentor')}</NavLink>}
        </nav>
        <div className="ml-auto flex items-center gap-1 sm:gap-3">
          <LanguageSwitch />
          {viewer ? (
            <Link
              prefetch={false}
              href="/account"
              aria-label={t('account.open', { name: viewer.name })}
              className="inline-flex min-h-11 max-w-40 items-center gap-1.5 rounded-md px-2 hover:text-accent"
            >
              <Icon name="person" />
              <span className="hidden truncate sm:inline">{viewer.name}</span>
            </Link>
          ) : (
            <Link prefetch={false} href="/signin" className="inline-flex min-h-11 items-center px-2 font-semibold text-accent">
              {t('account.signIn')}
            </Link>
          )}
        </div>
      </div>
    </header>
  )
}
