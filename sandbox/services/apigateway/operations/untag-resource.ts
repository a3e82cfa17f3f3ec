import { UntagResource$, type UntagResourceRequest } from '@aws-sdk/client-api-gateway'
import { gatewayOperation } from '../gateway-operation'
import { changeTags } from '../tagged'

/** Takes tags away from an API, a stage, an API key, a usage plan, a client certificate, a VPC link or a domain name. */
export const untagResource = gatewayOperation<UntagResourceRequest, object>(
  UntagResource$,
  async (call) => {
    await changeTags(call, call.input.resourceArn!, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !call.input.tagKeys!.includes(key))))
    return {}
  },
  { context: ({ input }) => ({ 'aws:TagKeys': input.tagKeys ?? [] }) },
)
