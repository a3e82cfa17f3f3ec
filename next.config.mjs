import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

/** Sent with every answer. Frames, foreign scripts and plugins have no place in Worklab. */
const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
  {
    key: 'Content-Security-Policy',
    // Next writes its flight data as inline scripts, and CodeMirror its theme as inline styles.
    value: [
      "default-src 'self'",
      "script-src 'self' 'unsafe-inline'" + (process.env.NODE_ENV === 'production' ? '' : " 'unsafe-eval'"),
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "connect-src 'self'" + (process.env.NODE_ENV === 'production' ? '' : ' ws:'),
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  },
]

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // Type and lint errors are found by `npm test`, which runs them once and not again in every build.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', '@prisma/client', '@prisma/adapter-pg', 'pg', 'esbuild', 'yauzl'],
  headers: async () => [
    { source: '/:path*', headers: securityHeaders },
    // An object of a learner's bucket, whatever it claims to be: opened on its own, it may do nothing. What stands last counts.
    { source: '/sandbox/object', headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; sandbox" }] },
  ],
}

export default withNextIntl(config)
