import { UntagServerCertificate$, type UntagServerCertificateRequest } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { SERVER_CERTIFICATE, serverCertificateArn } from '../server-certificates'
import { editStored, storedContext } from '../stored'

/** Takes tags off a server certificate. */
export const untagServerCertificate = operation<UntagServerCertificateRequest, Record<string, never>>(UntagServerCertificate$, {
  resource: (call) => serverCertificateArn(call, call.input.ServerCertificateName!),
  context: async (call) => ({ ...(await storedContext(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!)), 'aws:TagKeys': call.input.TagKeys! }),
  async run(call) {
    await editStored(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!, (one) => {
      one.tags = one.tags.filter((tag) => !call.input.TagKeys!.includes(tag.Key))
    })
    return {}
  },
})
