import type { ReactNode } from 'react'
import { AwsErrorView } from '@/components/lab/aws-error-view'
import { ClientMessages } from '@/components/lab/client-messages'
import { awsResult, learnersAccount } from './run-call'
import type { CallContext } from './calls/call'
import type { ResourceView, ViewProps } from './views'

/** Makes a view that reads as the learner. What AWS does not let the learner see is told with why. */
export function viewOf(draw: (props: ViewProps & CallContext) => Promise<ReactNode>): ResourceView {
  return async function View(props) {
    const context = await learnersAccount()
    const drawn = await awsResult(context, async () => ({ view: await draw({ ...context, ...props }) }))
    return (
      <ClientMessages features={['lab', 'sandbox', 'resource', 'api-tester']}>
        {drawn.ok ? (
          drawn.view
        ) : (
          <div className="mt-6">
            <AwsErrorView error={drawn.error} />
          </div>
        )}
      </ClientMessages>
    )
  }
}
