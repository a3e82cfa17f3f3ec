import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'

/** Gives the client parts inside it the texts of these features, and no others. */
export async function ClientMessages({ features, children }: { features: readonly string[]; children: ReactNode }) {
  const messages = await getMessages()
  return <NextIntlClientProvider messages={Object.fromEntries(features.map((feature) => [feature, messages[feature]]))}>{children}</NextIntlClientProvider>
}
