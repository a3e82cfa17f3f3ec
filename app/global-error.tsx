'use client'

import en from '@/messages/en/error.json'
import vi from '@/messages/vi/error.json'
import './globals.css'

/** What stands where even the frame failed, such as while the database is away: the reader's language is unknown then, so both. */
export default function FailedFrame({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="vi">
      <body className="mx-auto max-w-3xl px-4 py-12 font-sans">
        <title>Worklab</title>
        {[vi, en].map((text, index) => (
          <section key={text.title} lang={index ? 'en' : 'vi'} className="mb-10">
            <h1 className="text-2xl">{text.title}</h1>
            <p className="mt-3">{text.text}</p>
            {error.digest && (
              <p className="mt-2">
                {text.code} <code className="inline-code">{error.digest}</code>
              </p>
            )}
            {/* A plain link: the router did not survive. */}
            {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
            <a className="link mt-3 inline-block" href="/">
              {text.back}
            </a>
          </section>
        ))}
      </body>
    </html>
  )
}
