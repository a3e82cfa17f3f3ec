import { GetServerCertificate$, type GetServerCertificateRequest, type GetServerCertificateResponse } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { SERVER_CERTIFICATE, serverCertificateArn, shownServerCertificate } from '../server-certificates'
import { storedContext } from '../stored'

/** A server certificate with its chain. */
export const getServerCertificate = operation<GetServerCertificateRequest, GetServerCertificateResponse>(GetServerCertificate$, {
  resource: (call) => serverCertificateArn(call, call.input.ServerCertificateName!),
  context: (call) => storedContext(call, SERVER_CERTIFICATE, call.input.ServerCertificateName!),
  async run(call) {
    const certificate = await SERVER_CERTIFICATE.require(call, call.input.ServerCertificateName!)
    return { ServerCertificate: { ServerCertificateMetadata: shownServerCertificate(certificate), CertificateBody: certificate.body, CertificateChain: certificate.chain, Tags: certificate.tags } }
  },
})
