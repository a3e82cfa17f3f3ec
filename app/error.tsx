'use client'

import { useSyncExternalStore } from 'react'
import { Button, LinkButton } from '@/components/ui/button'
import en from '@/messages/en/error.json'
import vi from '@/messages/vi/error.json'

const never = () => () => {}

/** What stands where a page failed. It comes without the server's help, so it carries its own few texts. */
export default function Failed({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const language = useSyncExternalStore(never, () => document.documentElement.lang, () => 'vi')
  const text = language === 'en' ? en : vi
  return (
    <div role="alert" className="mx-auto max-w-page px-4 pt-8 sm:px-6 sm:pt-12">
      <h1 className="text-3xl">{text.title}</h1>
      <p className="mt-4 max-w-prose">{text.text}</p>
      {error.digest && (
        <p className="mt-2">
          {text.code} <code className="inline-code">{error.digest}</code>
        </p>
      )}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button type="button" onClick={retry}>
          {text.retry}
        </Button>
        <LinkButton look="quiet" href="/">
          {text.back}
        </LinkButton>
      </div>
    </div>
  )
}
