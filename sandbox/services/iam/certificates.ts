import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { MalformedCertificateException } from '@aws-sdk/client-iam'

/** A certificate from its PEM text. @throws MalformedCertificateException */
export function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw malformed('Unable to parse certificate. Please ensure the certificate is in PEM format.')
  }
}

/** The certificates of a chain. @throws MalformedCertificateException where one of them is none */
export function readChain(pem: string): X509Certificate[] {
  const parts = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  if (parts.length === 0) throw malformed('Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order.')
  return parts.map(readCertificate)
}

/** A private key from its PEM text, without a password. @throws MalformedCertificateException */
export function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw malformed('Unable to parse key; the private key must be in PEM format and not encrypted.')
  }
}

function malformed(message: string) {
  return new MalformedCertificateException({ message, $metadata: {} })
}
