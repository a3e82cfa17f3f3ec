import { UploadServerCertificate$, type UploadServerCertificateRequest, type UploadServerCertificateResponse, KeyPairMismatchException } from '@aws-sdk/client-iam'
import { operation } from '../../../operation'
import { uniqueId } from '../../../credentials'
import { readCertificate, readChain, readPrivateKey } from '../certificates'
import { arnOf, change, newTags, pathOf, requestTags, requireFreeName } from '../entities'
import { serverCertificates, type ServerCertificate } from '../records'
import { shownServerCertificate } from '../server-certificates'

/** Keeps a TLS certificate, once its private key is proved to be its own. The key itself is not kept. */
export const uploadServerCertificate = operation<UploadServerCertificateRequest, UploadServerCertificateResponse>(UploadServerCertificate$, {
  resource: ({ account, input }) => arnOf(account, 'server-certificate', input.Path, input.ServerCertificateName!),
  context: ({ input }) => requestTags(input.Tags),
  async run(call) {
    const { sandbox, account, input } = call
    const tags = await newTags(call, 'iam:TagServerCertificate', arnOf(account, 'server-certificate', input.Path, input.ServerCertificateName!))
    const certificate = readCertificate(input.CertificateBody!)
    if (!certificate.checkPrivateKey(readPrivateKey(input.PrivateKey!))) throw new KeyPairMismatchException({ message: 'The private key does not match the certificate.', $metadata: {} })
    if (input.CertificateChain !== undefined) readChain(input.CertificateChain)
    return change(call, async () => {
      await requireFreeName(sandbox, serverCertificates, account, input.ServerCertificateName!, `The Server Certificate with name ${input.ServerCertificateName} already exists.`, 'ServerCertificatesPerAccount')
      const kept: ServerCertificate = {
        name: input.ServerCertificateName!,
        id: uniqueId('ASCA'),
        path: pathOf(input.Path),
        arn: arnOf(account, 'server-certificate', input.Path, input.ServerCertificateName!),
        createdAt: new Date(sandbox.now()).toISOString(),
        expiresAt: new Date(certificate.validTo).toISOString(),
        body: input.CertificateBody!,
        ...(input.CertificateChain === undefined ? {} : { chain: input.CertificateChain }),
        tags,
      }
      await sandbox.store.put(serverCertificates, account, kept.name, kept)
      return { ServerCertificateMetadata: shownServerCertificate(kept), ...(tags.length > 0 ? { Tags: tags } : {}) }
    })
  },
})
