import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { z } from 'zod'
import { call, type CallContext } from './call'

/** An object up to this size can be put back after it was deleted, in bytes. */
const UNDO_LIMIT = 1_000_000
const PAGE = 100

const object = { bucket: z.string().min(1), key: z.string().min(1), version: z.string().optional() }

/** What brings a deleted object back. */
export interface DeletedObject {
  base64: string
  contentType?: string
  metadata: Record<string, string>
  tags: Record<string, string>
}

export const s3Calls = {
  's3.list': call({
    input: z.object({ bucket: z.string().min(1), prefix: z.string(), next: z.string().optional() }),
    service: 's3',
    command: ({ bucket, prefix, next }) => new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: '/', MaxKeys: PAGE, ...(next !== undefined && { ContinuationToken: next }) }),
    answer: ({ Contents = [], CommonPrefixes = [], NextContinuationToken }) => ({
      folders: CommonPrefixes.map(({ Prefix = '' }) => Prefix),
      objects: Contents.map(({ Key = '', Size = 0, LastModified, StorageClass = 'STANDARD' }) => ({ key: Key, size: Size, at: LastModified?.toISOString() ?? '', storageClass: String(StorageClass) })),
      next: NextContinuationToken ?? null,
    }),
  }),

  's3.versions': call({
    input: z.object({ bucket: z.string().min(1), key: z.string().min(1) }),
    service: 's3',
    command: ({ bucket, key }) => new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: PAGE }),
    answer: ({ Versions = [], DeleteMarkers = [] }, { key }) => ({
      versions: [...Versions.map((one) => ({ ...one, marker: false })), ...DeleteMarkers.map((one) => ({ ...one, Size: 0, marker: true }))]
        .filter(({ Key }) => Key === key)
        .map(({ VersionId = 'null', LastModified, Size = 0, IsLatest = false, marker }) => ({ id: VersionId, at: LastModified?.toISOString() ?? '', size: Size, latest: IsLatest, marker }))
        .sort((a, b) => Number(b.latest) - Number(a.latest) || b.at.localeCompare(a.at)),
    }),
  }),

  's3.head': call({
    input: z.object(object),
    service: 's3',
    command: ({ bucket, key, version }) => new HeadObjectCommand({ Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) }),
    answer: async ({ ContentType, ContentLength = 0, ETag, LastModified, Metadata = {}, VersionId, ServerSideEncryption }, input, context) => ({
      facts: {
        contentType: ContentType ?? '',
        size: ContentLength,
        etag: ETag ?? '',
        at: LastModified?.toISOString() ?? '',
        ...(VersionId !== undefined && { version: VersionId }),
        ...(ServerSideEncryption !== undefined && { encryption: String(ServerSideEncryption) }),
      },
      metadata: Metadata,
      tags: await tagsOf(input, context),
    }),
  }),

  's3.delete': call({
    input: z.object(object),
    service: 's3',
    command: ({ bucket, key, version }) => new DeleteObjectCommand({ Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) }),
    before: async (input, context) => (input.version === undefined ? kept(input, context) : undefined),
    answer: ({ DeleteMarker, VersionId }, _, { before }) => ({
      marker: DeleteMarker === true && VersionId !== undefined ? VersionId : null,
      undo: before ?? null,
    }),
  }),

  's3.put': call({
    input: z.object({ ...object, base64: z.string().max((UNDO_LIMIT * 4) / 3 + 4), contentType: z.string().optional(), metadata: z.record(z.string(), z.string()), tags: z.record(z.string(), z.string()) }),
    service: 's3',
    files: { Body: 'object' },
    command: ({ bucket, key, base64, contentType, metadata, tags }) =>
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: Buffer.from(base64, 'base64'),
        ...(contentType !== undefined && { ContentType: contentType }),
        ...(Object.keys(metadata).length > 0 && { Metadata: metadata }),
        ...(Object.keys(tags).length > 0 && { Tagging: String(new URLSearchParams(tags)) }),
      }),
    answer: ({ ETag = '' }) => ({ etag: ETag }),
  }),
}

async function tagsOf({ bucket, key, version }: { bucket: string; key: string; version?: string | undefined }, { clients }: CallContext): Promise<Record<string, string>> {
  // One who may read the object may still not be allowed to read its tags.
  const { TagSet = [] } = await clients.s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key, ...(version !== undefined && { VersionId: version }) })).catch(() => ({ TagSet: [] }))
  return Object.fromEntries(TagSet.map(({ Key = '', Value = '' }) => [Key, Value]))
}

/** What a small object is, to put it back; undefined for a larger one, or one that may not be read. */
async function kept(input: { bucket: string; key: string }, context: CallContext): Promise<DeletedObject | undefined> {
  const { s3 } = context.clients
  const place = { Bucket: input.bucket, Key: input.key }
  try {
    const head = await s3.send(new HeadObjectCommand(place))
    if ((head.ContentLength ?? 0) > UNDO_LIMIT) return undefined
    const [{ Body }, tags] = await Promise.all([s3.send(new GetObjectCommand(place)), tagsOf(input, context)])
    return { base64: (await Body?.transformToString('base64')) ?? '', ...(head.ContentType !== undefined && { contentType: head.ContentType }), metadata: head.Metadata ?? {}, tags }
  } catch {
    return undefined
  }
}
