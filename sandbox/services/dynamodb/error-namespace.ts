const OF_ALL_SERVICES = /^(Serialization|AccessDenied|UnknownOperation|UnrecognizedClient|MissingAuthenticationToken|IncompleteSignature|InvalidSignature|ExpiredToken|InvalidClientTokenId|NotImplemented|InternalFailure)/

/** Where an error's name comes from, as DynamoDB writes it. */
export function errorNamespace(code: string): string {
  if (code === 'ValidationException') return 'com.amazon.coral.validate'
  return OF_ALL_SERVICES.test(code) ? 'com.amazon.coral.service' : 'com.amazonaws.dynamodb.v20120810'
}
