import Link from 'next/link'

/** The way to another resource's page, by its ARN. */
export function ResourceLink({ arn }: { arn: string }) {
  return (
    <Link prefetch={false} className="link font-mono text-sm break-all" href={`/sandbox/resource?arn=${encodeURIComponent(arn)}`}>
      {arn}
    </Link>
  )
}
