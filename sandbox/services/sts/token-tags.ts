import type { Tag } from '@aws-sdk/client-sts'

const TAGS = 'https://aws.amazon.com/tags'
const SOURCE_IDENTITY = 'https://aws.amazon.com/source_identity'

/** What a token says of the session beside who it is of (IAM User Guide, "Pass session tags in AWS STS", "AssumeRoleWithWebIdentity"). */
export function tokenTags(claims: Record<string, unknown>): { Tags: Tag[]; TransitiveTagKeys: string[]; sourceIdentity?: string } {
  const tags = (claims[TAGS] ?? {}) as { principal_tags?: unknown; transitive_tag_keys?: unknown }
  const given = typeof tags.principal_tags === 'object' && tags.principal_tags !== null ? Object.entries(tags.principal_tags) : []
  const transitive = Array.isArray(tags.transitive_tag_keys) ? tags.transitive_tag_keys.map(String) : []
  const sourceIdentity = claims[SOURCE_IDENTITY]
  return {
    Tags: given.map(([Key, value]) => ({ Key, Value: String([value].flat()[0] ?? '') })),
    TransitiveTagKeys: transitive,
    ...(typeof sourceIdentity === 'string' ? { sourceIdentity } : {}),
  }
}
