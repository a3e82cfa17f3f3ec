import { PutObject$, type PutObjectOutput, type PutObjectRequest } from '@aws-sdk/client-s3'
import type { StaticOperationSchema } from '@smithy/types'
import { operation } from '../../../operation'
import { ANSWER, type WireResponse } from '../../../protocol/index'
import { escape } from '../../../protocol/query'
import { bucketOf } from '../buckets'
import { refuse } from '../errors'
import { checkKey } from '../names'
import { authorizeWrite, onNewObject } from '../on-object'
import { checkPostPolicy } from '../post-policy'
import { limited } from '../limited'
import { writeObject } from '../write-object'

/** The SDK has no operation for a browser's form: it is PutObject in another coat. */
export const PostObject$ = [PutObject$[0], PutObject$[1], 'PostObject', { http: ['POST', '/{Key+}', 204] }, PutObject$[4], PutObject$[5]] as unknown as StaticOperationSchema

/** Takes the file of a browser's form, as the form's signed policy lets it. */
export const postObject = operation<PutObjectRequest, PutObjectOutput>(PostObject$, {
  ...onNewObject,
  action: 's3:PutObject',
  async run(call) {
    const { form, input, sandbox } = call
    if (!form) throw refuse('MethodNotAllowed', { Method: 'POST', ResourceType: 'OBJECT' })
    checkKey(input.Key!)
    const bucket = await bucketOf(call)
    await authorizeWrite(call)
    const range = form.policy === undefined ? undefined : checkPostPolicy(form, bucket.name, sandbox.now())
    const Body = range ? limited(input.Body as never, range) : input.Body
    const output = await writeObject(call, bucket, { ...input, Body, ContentLength: undefined }, 'Post')
    const location = `${sandbox.url()}/${bucket.name}/${input.Key!.split('/').map(encodeURIComponent).join('/')}`
    return { ...output, [ANSWER]: answer(form, { bucket: bucket.name, key: input.Key!, etag: output.ETag!, location, versionId: output.VersionId }) }
  },
})

function answer(form: Record<string, string>, { bucket, key, etag, location, versionId }: { bucket: string; key: string; etag: string; location: string; versionId: string | undefined }): WireResponse {
  const headers: Record<string, string> = { etag, location, ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }) }
  const empty = Buffer.alloc(0)
  const redirect = form.success_action_redirect ?? form.redirect
  if (redirect !== undefined && URL.canParse(redirect)) {
    const url = new URL(redirect)
    for (const [name, value] of Object.entries({ bucket, key, etag })) url.searchParams.set(name, value)
    return { status: 303, headers: { ...headers, location: url.href }, body: empty }
  }
  if (form.success_action_status !== '201') return { status: form.success_action_status === '200' ? 200 : 204, headers, body: empty }
  const text = Object.entries({ Location: location, Bucket: bucket, Key: key, ETag: etag }).map(([name, value]) => `<${name}>${escape(value)}</${name}>`).join('')
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${text}</PostResponse>`) }
}
