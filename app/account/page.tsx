import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { AccountForm } from '@/components/account/account-form'
import { changePassword, saveProfile, signOut } from '@/components/account/actions'
import { Page } from '@/components/shell/page'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { requireViewer } from '@/lib/auth'
import { passwordLength } from '@/lib/auth/password'
import { db } from '@/lib/db'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('account.title') }
}

/** The viewer's own account: how they are called, language, time zone, password, signing out. */
export default async function AccountPage() {
  const viewer = await requireViewer()
  const [t, locale, messages, user] = await Promise.all([
    getTranslations('auth'),
    getLocale(),
    getMessages(),
    db.user.findUniqueOrThrow({ where: { id: viewer.id }, select: { email: true, passwordHash: true } }),
  ])
  const values = { min: String(passwordLength.min), max: String(passwordLength.max) }
  const texts = {
    errors: messages.auth.errors as Record<string, string>,
    invalid: Object.fromEntries(Object.keys(messages.auth.invalid).map((key) => [key, t(`invalid.${key}`, values)])),
    signInAgain: t('account.signInAgain'),
  }
  const zones = [...new Set([viewer.timeZone, ...Intl.supportedValuesOf('timeZone'), 'UTC'])].sort()

  return (
    <Page className="grid max-w-2xl gap-10">
      <header className="grid gap-1">
        <h1 className="text-3xl">{t('account.title')}</h1>
        <p className="text-muted">
          {[viewer.name, user.email, t(`account.role.${viewer.role}`)].filter(Boolean).join(' · ')}
        </p>
      </header>
      {viewer.isLocal && <Notice>{t('account.localNote')}</Notice>}

      <section aria-labelledby="profile" className="grid gap-5">
        <h2 id="profile" className="text-xl">
          {t('account.profile')}
        </h2>
        <AccountForm
          action={saveProfile}
          fields={[
            { name: 'name', label: t('fields.name'), value: viewer.name, autoComplete: 'name' },
            {
              name: 'locale',
              label: t('account.locale'),
              value: locale,
              options: [
                { value: 'vi', label: 'Tiếng Việt' },
                { value: 'en', label: 'English' },
              ],
            },
            { name: 'timeZone', label: t('account.timeZone'), help: t('account.timeZoneHelp'), value: viewer.timeZone, options: zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })) },
          ]}
          texts={{ ...texts, submit: t('account.save'), saved: t('account.saved') }}
        />
      </section>

      {user.passwordHash && (
        <section aria-labelledby="change-password" className="grid gap-5 border-t border-line pt-8">
          <h2 id="change-password" className="text-xl">
            {t('account.password')}
          </h2>
          <AccountForm
            action={changePassword}
            fields={[
              { name: 'current', label: t('account.currentPassword'), type: 'password', autoComplete: 'current-password' },
              { name: 'password', label: t('account.newPassword'), help: t('fields.passwordHelp', values), type: 'password', autoComplete: 'new-password' },
            ]}
            texts={{ ...texts, submit: t('account.changePassword'), saved: t('account.passwordChanged') }}
          >
            <p className="text-sm text-muted">{t('account.passwordNote')}</p>
          </AccountForm>
        </section>
      )}

      <form action={signOut} className="border-t border-line pt-8">
        <Button look="quiet">{t('account.signOut')}</Button>
      </form>
    </Page>
  )
}
