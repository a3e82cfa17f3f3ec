import type { Metadata, Viewport } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { SiteHeader } from '@/components/shell/site-header'
import { IconSprite } from '@/components/ui/icon-sprite'
import './globals.css'

/** What every page says of itself unless it says more. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return { title: { default: 'Worklab', template: '%s · Worklab' }, description: t('description') }
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfcf9' },
    { media: '(prefers-color-scheme: dark)', color: '#17151e' },
  ],
}

/** The frame of every page. Pages bring their own width, so that a lab can use the whole window. */
export default async function Layout({ children }: { children: ReactNode }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')])
  return (
    <html lang={locale}>
      <body className="flex min-h-dvh flex-col font-sans antialiased">
        <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-2 focus:z-10 focus:bg-paper focus:p-2">
          {t('skip')}
        </a>
        <IconSprite />
        <SiteHeader />
        <main id="main" tabIndex={-1} className="flex-1 outline-none">
          {children}
        </main>
        <footer className="no-print mt-16 border-t border-line">
          <p className="mx-auto max-w-page px-4 py-5 text-sm text-muted sm:px-6">{t('footer')}</p>
        </footer>
      </body>
    </html>
  )
}
