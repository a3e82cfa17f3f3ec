import { generateKeyPairSync } from 'node:crypto'
import * as sdk from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CERTIFICATES, PRIVATE_KEY } from './certificates-testing'
import { SAML_METADATA } from './saml-testing'
import { startTestAccount, type TestAccount } from './test-account'

let account: TestAccount
let iam: sdk.IAMClient
const UserName = 'an'
beforeAll(async () => {
  account = await startTestAccount()
  iam = account.iam()
  await iam.send(new sdk.CreateUserCommand({ UserName }))
})
afterAll(() => account.close())

/** A key in the form of ssh-keygen, and its fingerprint as `ssh-keygen -l -E md5` shows it. */
const SSH_KEY = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCsNVQ+k4PUYLoZpncgJSG3NNX3m1XZRnWEbYo5sA18jEwoUKJLraADqvD9eV9Joi044IwMKsiS0jw7vA6Hz1bb0spDnRk6oudmwdSXUEGXOvc/BNitOvinFUHeKzSUiDf5+B5t0FEs6UdVAQXf69lZsv7+aD7nj77ZCvSUBbTZle4xCq0+YHHvuaa+7Swva6wbhYVGgDo0dC9/5gEznSzF6pf1sz+ETCXWfM+tIs7lztn3IO+aAS8PLUHBQFfnjqxuDpuT0G1mfNzmLQF5f+MrDrVaKJ0f2y6og3j+ZUxIrlgeOMK/ZFsOeTrkinbp5ZRlMo5Tm1sL24EyU8ZKVej1 an@laptop'
const SSH_FINGERPRINT = '53:f6:1d:9d:33:8b:e8:5e:bf:2b:a4:30:f6:a3:5f:d9'

describe('SSH public keys', () => {
  it('are kept and given back in both encodings', async () => {
    const { SSHPublicKey } = await iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: SSH_KEY }))
    expect(SSHPublicKey).toMatchObject({ SSHPublicKeyId: expect.stringMatching(/^APKA/), Fingerprint: SSH_FINGERPRINT, Status: 'Active' })
    const { SSHPublicKeyId } = SSHPublicKey!
    const get = async (Encoding: 'SSH' | 'PEM') => (await iam.send(new sdk.GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Encoding }))).SSHPublicKey!.SSHPublicKeyBody!
    expect(await get('SSH')).toBe(SSH_KEY.replace(' an@laptop', ''))
    const pem = await get('PEM')
    expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----/)
    await expect(iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: pem }))).rejects.toMatchObject({ name: 'DuplicateSSHPublicKeyException' })
    await iam.send(new sdk.UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status: 'Inactive' }))
    expect((await iam.send(new sdk.ListSSHPublicKeysCommand({ UserName }))).SSHPublicKeys).toMatchObject([{ SSHPublicKeyId, Status: 'Inactive' }])
    await iam.send(new sdk.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }))
    expect((await iam.send(new sdk.ListSSHPublicKeysCommand({ UserName }))).SSHPublicKeys).toEqual([])
  })

  it.each([
    ['of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey],
    ['of another kind', generateKeyPairSync('ed25519').publicKey],
  ])('%s are refused', async (_, key) => {
    const SSHPublicKeyBody = key.export({ type: 'spki', format: 'pem' }) as string
    await expect(iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }))).rejects.toMatchObject({ name: 'InvalidPublicKeyException' })
  })
})

describe('signing certificates', () => {
  it('are kept, switched off and deleted', async () => {
    const { Certificate } = await iam.send(new sdk.UploadSigningCertificateCommand({ UserName, CertificateBody: CERTIFICATES.books }))
    const { CertificateId } = Certificate!
    await iam.send(new sdk.UpdateSigningCertificateCommand({ UserName, CertificateId, Status: 'Inactive' }))
    expect((await iam.send(new sdk.ListSigningCertificatesCommand({ UserName }))).Certificates).toMatchObject([{ CertificateId, CertificateBody: CERTIFICATES.books, Status: 'Inactive' }])
    await expect(iam.send(new sdk.DeleteUserCommand({ UserName }))).rejects.toThrow('must delete signing certificates first')
    await iam.send(new sdk.DeleteSigningCertificateCommand({ UserName, CertificateId }))
    expect((await iam.send(new sdk.ListSigningCertificatesCommand({ UserName }))).Certificates).toEqual([])
  })
})

describe('credentials for a single service', () => {
  it('show their password once, get another, and go', async () => {
    const { ServiceSpecificCredential: made } = await iam.send(new sdk.CreateServiceSpecificCredentialCommand({ UserName, ServiceName: 'codecommit.amazonaws.com' }))
    expect(made).toMatchObject({ ServiceUserName: `an-at-${account.accountId}`, ServicePassword: expect.stringMatching(/.{20}/), Status: 'Active' })
    const ServiceSpecificCredentialId = made!.ServiceSpecificCredentialId!
    const { ServiceSpecificCredential: reset } = await iam.send(new sdk.ResetServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }))
    expect(reset!.ServicePassword).not.toBe(made!.ServicePassword)
    await iam.send(new sdk.UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId, Status: 'Inactive' }))
    const { ServiceSpecificCredential: key } = await iam.send(new sdk.CreateServiceSpecificCredentialCommand({ UserName, ServiceName: 'bedrock.amazonaws.com', CredentialAgeDays: 30 }))
    expect(key).toMatchObject({ ServiceCredentialSecret: expect.any(String), ServiceCredentialAlias: `an-at-${account.accountId}`, ExpirationDate: expect.any(Date) })
    const listed = JSON.stringify((await iam.send(new sdk.ListServiceSpecificCredentialsCommand({ AllUsers: true }))).ServiceSpecificCredentials)
    expect(listed).toContain('"Status":"Inactive"')
    const events = JSON.stringify(await account.admin('GET', `/_worklab/accounts/${account.accountId}/events`))
    for (const secret of [made!.ServicePassword!, reset!.ServicePassword!, key!.ServiceCredentialSecret!]) {
      expect(listed).not.toContain(secret)
      expect(events).not.toContain(secret)
    }
    for (const id of [ServiceSpecificCredentialId, key!.ServiceSpecificCredentialId!]) await iam.send(new sdk.DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId: id }))
    expect((await iam.send(new sdk.ListServiceSpecificCredentialsCommand({ UserName }))).ServiceSpecificCredentials).toEqual([])
  })
})

describe('server certificates', () => {
  it('are kept with their chain, without the key, and can be renamed', async () => {
    const { ServerCertificateMetadata } = await iam.send(
      new sdk.UploadServerCertificateCommand({ ServerCertificateName: 'shop', Path: '/cloudfront/', CertificateBody: CERTIFICATES.shop, PrivateKey: PRIVATE_KEY, CertificateChain: CERTIFICATES.books }),
    )
    expect(ServerCertificateMetadata).toMatchObject({ Arn: `arn:aws:iam::${account.accountId}:server-certificate/cloudfront/shop`, Expiration: new Date('2120-01-01T00:00:00Z') })
    await iam.send(new sdk.UpdateServerCertificateCommand({ ServerCertificateName: 'shop', NewServerCertificateName: 'store', NewPath: '/' }))
    await iam.send(new sdk.TagServerCertificateCommand({ ServerCertificateName: 'store', Tags: [{ Key: 'team', Value: 'books' }] }))
    const { ServerCertificate } = await iam.send(new sdk.GetServerCertificateCommand({ ServerCertificateName: 'store' }))
    expect(ServerCertificate).toMatchObject({ CertificateBody: CERTIFICATES.shop, CertificateChain: CERTIFICATES.books, Tags: [{ Key: 'team', Value: 'books' }], ServerCertificateMetadata: { Path: '/' } })
    expect((await iam.send(new sdk.ListServerCertificatesCommand({}))).ServerCertificateMetadataList).toMatchObject([{ ServerCertificateName: 'store' }])
    await iam.send(new sdk.DeleteServerCertificateCommand({ ServerCertificateName: 'store' }))
    await expect(iam.send(new sdk.GetServerCertificateCommand({ ServerCertificateName: 'store' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })
})

describe('issuers of SAML assertions', () => {
  it('keep their metadata, tags and keys', async () => {
    const { SAMLProviderArn } = await iam.send(new sdk.CreateSAMLProviderCommand({ Name: 'office', SAMLMetadataDocument: SAML_METADATA, Tags: [{ Key: 'team', Value: 'books' }] }))
    expect(SAMLProviderArn).toBe(`arn:aws:iam::${account.accountId}:saml-provider/office`)
    const later = SAML_METADATA.replace('entityID=', 'validUntil="2099-01-01T00:00:00Z" entityID=')
    await iam.send(new sdk.UpdateSAMLProviderCommand({ SAMLProviderArn, SAMLMetadataDocument: later, AddPrivateKey: PRIVATE_KEY, AssertionEncryptionMode: 'Allowed' }))
    const shown = await iam.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn }))
    expect(shown).toMatchObject({ SAMLMetadataDocument: later, ValidUntil: new Date('2099-01-01T00:00:00Z'), AssertionEncryptionMode: 'Allowed', PrivateKeyList: [{ KeyId: expect.any(String) }] })
    await iam.send(new sdk.UpdateSAMLProviderCommand({ SAMLProviderArn, RemovePrivateKey: shown.PrivateKeyList![0]!.KeyId! }))
    expect((await iam.send(new sdk.ListSAMLProvidersCommand({}))).SAMLProviderList).toMatchObject([{ Arn: SAMLProviderArn }])
    expect((await iam.send(new sdk.ListSAMLProviderTagsCommand({ SAMLProviderArn }))).Tags).toEqual([{ Key: 'team', Value: 'books' }])
    await iam.send(new sdk.DeleteSAMLProviderCommand({ SAMLProviderArn }))
    await expect(iam.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  })

  it.each([
    ['does not close what it opens', SAML_METADATA.replace('</md:IDPSSODescriptor>', '')],
    ['has no entity id', SAML_METADATA.replace(/entityID="[^"]*"/, '')],
    ['is of no identity provider', SAML_METADATA.replaceAll('IDPSSODescriptor', 'SPSSODescriptor')],
    ['has more behind it', `${SAML_METADATA}<more/>`],
    ['brings a document type', SAML_METADATA.replace('<!--', '<!DOCTYPE x [<!ENTITY a "b">]><!--')],
  ])('are refused where the metadata %s', async (_, SAMLMetadataDocument) => {
    await expect(iam.send(new sdk.CreateSAMLProviderCommand({ Name: 'broken', SAMLMetadataDocument }))).rejects.toMatchObject({ name: 'InvalidInputException', message: 'Could not parse metadata' })
  })
})

describe('issuers of web identities', () => {
  it('take audiences, thumbprints and tags', async () => {
    const { OpenIDConnectProviderArn } = await iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://issuer.example.com/shop', ClientIDList: ['web'] }))
    await iam.send(new sdk.AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'phone' }))
    await iam.send(new sdk.RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'web' }))
    await iam.send(new sdk.UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList: ['a'.repeat(40)] }))
    await iam.send(new sdk.TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags: [{ Key: 'team', Value: 'books' }] }))
    expect(await iam.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).toMatchObject({ ClientIDList: ['phone'], ThumbprintList: ['a'.repeat(40)], Tags: [{ Key: 'team', Value: 'books' }] })
    await iam.send(new sdk.UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys: ['team'] }))
    expect((await iam.send(new sdk.ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn }))).Tags).toEqual([])
    await expect(iam.send(new sdk.UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList: ['z'.repeat(40)] }))).rejects.toMatchObject({ name: 'InvalidInputException' })
  })
})
