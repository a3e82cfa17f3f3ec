import { NextResponse, type NextRequest } from 'next/server'

/** Tells pages their own path, which Next does not, so that signing in leads back to where one was. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers)
  headers.set('x-worklab-path', request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.next({ request: { headers } })
}

export const config = { matcher: ['/((?!api/|_next/|.*\\.[a-z][a-z0-9]*$).*)'] }
