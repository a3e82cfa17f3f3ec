import Link from 'next/link'
import { resourceHref } from '@/components/explorer/resource-href'

/** The way to another resource's page, by its ARN. */
export function ResourceLink({ arn }: { arn: string }) {
  return (
    <Link prefetch={false} className="link font-mono text-sm break-all" href={resourceHref(arn)}>
      {arn}
    </Link>
  )
}
