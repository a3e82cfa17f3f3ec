import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { LocalSignIn } from '@/components/auth/local-sign-in'
import { PasswordForm } from '@/components/auth/password-form'
import type { SignInError } from '@/components/auth/sign-in'
import { Page } from '@/components/shell/page'
import { getViewer } from '@/lib/auth'
import { isLocalRequest } from '@/lib/auth/local-request'
import { passwordLength } from '@/lib/auth/password'
import { safePath } from '@/lib/auth/safe-path'
import { settings } from '@/lib/settings'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('title') }
}

/** Signing in, and the first page that a visitor sees: on this machine one click is enough. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const query = await searchParams
  const next = safePath(query.next)
  if (await getViewer()) redirect(next)

  const [t, locale, messages, header] = await Promise.all([getTranslations('auth'), getLocale(), getMessages(), headers()])
  const isLocal = settings.loopbackOnly && isLocalRequest((name) => header.get(name))
  const isNew = query.new !== undefined
  const errors = messages.auth.errors as Record<SignInError, string>
  const values = { min: String(passwordLength.min), max: String(passwordLength.max) }
  const invalid = Object.fromEntries(Object.keys(messages.auth.invalid).map((key) => [key, t(`invalid.${key}`, values)]))
  const other = `/signin?${new URLSearchParams({ ...(!isNew && { new: '' }), ...(next !== '/' && { next }) })}`

  return (
    <Page className="grid max-w-5xl gap-10 md:grid-cols-[1.1fr_1fr] md:gap-16">
      <section className="grid content-start gap-5">
        <h1 className="text-3xl leading-snug sm:text-4xl sm:leading-snug">{t('welcome')}</h1>
        <p className="max-w-prose text-lg text-muted">{t('about')}</p>
        <ol className="grid list-decimal gap-2 pl-5 marker:font-semibold marker:text-accent">
          {(['read', 'do', 'prove'] as const).map((step) => (
            <li key={step} className="pl-1">
              {t(`steps.${step}`)}
            </li>
          ))}
        </ol>
      </section>

      <div className="grid content-start gap-8">
        {isLocal && (
          <section aria-labelledby="local-heading" className="grid gap-4 rounded-md border border-line bg-wash p-5 sm:p-6">
            <h2 id="local-heading" className="text-xl">
              {t('local.title')}
            </h2>
            <p className="text-muted">{t('local.about')}</p>
            <LocalSignIn next={next} locale={locale} label={t('local.submit')} errors={errors} />
          </section>
        )}
        <section aria-labelledby="password-heading" className="grid gap-5">
          <h2 id="password-heading" className="text-xl">
            {t(isNew ? 'new.title' : 'password.title')}
          </h2>
          <PasswordForm
            key={String(isNew)}
            isNew={isNew}
            isFirstChoice={!isLocal}
            next={next}
            texts={{
              name: t('fields.name'),
              email: t('fields.email'),
              password: t('fields.password'),
              passwordHelp: t('fields.passwordHelp', values),
              submit: t(isNew ? 'new.submit' : 'password.submit'),
              errors,
              invalid,
            }}
          />
          <p>
            <Link href={other} className="text-accent underline underline-offset-4">
              {t(isNew ? 'new.other' : 'password.other')}
            </Link>
          </p>
        </section>
      </div>
    </Page>
  )
}
