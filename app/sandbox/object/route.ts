import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { z } from 'zod'
import { answerRequest } from '@/components/lab/answer-request'
import { Refused, refusalOf, refusalStatus } from '@/components/lab/refusal'
import { awsResult, learnersAccount } from '@/components/resource/run-call'
import { imageType } from '@/components/resource/s3/preview'
import { uploadLimit } from '@/components/resource/s3/upload-limit'

const place = z.object({ bucket: z.string().min(1), key: z.string().min(1).max(1024), version: z.string().optional(), range: z.string().regex(/^\d+$/).optional(), replace: z.string().optional() })

function placeOf(request: Request) {
  const read = place.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!read.success) throw new Refused('invalid')
  return read.data
}

/**
 * An object of the learner's own bucket, to be saved, or to stand in a page as picture or text. Whatever it claims to be, a browser that
 * opens it on its own saves it, and next.config gives it no rights: it never runs as a page of Worklab. `range` asks for its first bytes only.
 */
export async function GET(request: Request): Promise<Response> {
  try {
    const context = await learnersAccount()
    const { bucket, key, version, range } = placeOf(request)
    const result = await awsResult(context, async () => ({
      object: await context.clients.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }), ...(range !== undefined && { Range: `bytes=0-${range}` }) }),
      ),
    }))
    if (!result.ok) return Response.json(result, { status: 404, headers: { 'cache-control': 'no-store' } })
    const { Body, ContentType = '', ContentLength } = result.object
    const name = key.split('/').at(-1) || 'object'
    return new Response(Body?.transformToWebStream() ?? null, {
      headers: {
        'content-type': imageType(key, ContentType) ?? 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`,
        'cache-control': 'no-store',
        ...(ContentLength !== undefined && { 'content-length': String(ContentLength) }),
      },
    })
  } catch (error) {
    const refusal = refusalOf(error)
    return Response.json(refusal, { status: refusalStatus(refusal.refused) })
  }
}

/** Puts an object. One that is there already is only replaced with `replace`; else `exists` is told and nothing is written. */
export async function PUT(request: Request): Promise<Response> {
  return answerRequest(request, async () => {
    const context = await learnersAccount()
    const { bucket, key, replace } = placeOf(request)
    if (Number(request.headers.get('content-length') ?? 0) > uploadLimit) throw new Refused('tooLarge')
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > uploadLimit) throw new Refused('tooLarge')
    const { s3 } = context.clients
    return awsResult(context, async () => {
      if (replace === undefined && (await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(() => true, () => false))) return { exists: true }
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: request.headers.get('content-type') ?? 'application/octet-stream' }))
      return {}
    })
  })
}
