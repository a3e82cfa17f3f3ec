import { GetServiceLinkedRoleDeletionStatus$, type GetServiceLinkedRoleDeletionStatusRequest, type GetServiceLinkedRoleDeletionStatusResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { invalidInput, notFound } from '../entities'

const TASK = /^task\/aws-service-role\/[\w.-]+\/([\w+=,.@-]+)\/[0-9a-f-]{36}$/

/** How the deletion of a service-linked role went: it succeeded, since it was done when the task was given. */
export const getServiceLinkedRoleDeletionStatus = operation<GetServiceLinkedRoleDeletionStatusRequest, GetServiceLinkedRoleDeletionStatusResponse>(GetServiceLinkedRoleDeletionStatus$, {
  resource: ({ account, input }) => `arn:aws:iam::${account}:role${TASK.exec(input.DeletionTaskId!)?.[0].slice('task'.length).replace(/\/[^/]+$/, '') ?? '/*'}`,
  async run({ input }) {
    if (!input.DeletionTaskId!.startsWith('task/')) throw invalidInput(`The deletion task id ${input.DeletionTaskId} is not valid.`)
    if (!TASK.test(input.DeletionTaskId!)) throw notFound(`The deletion task with id ${input.DeletionTaskId} cannot be found.`)
    return { Status: 'SUCCEEDED' }
  },
})
