/** AWS's refusals that learners meet, by name and where needed by message; the first that fits counts. */
const KNOWN: readonly [key: string, name: RegExp, message?: RegExp][] = [
  ['roleNotAssumable', /^(InvalidParameterValueException|AccessDeniedException)$/, /(cannot be|unable to) assumed?/i],
  ['tooLarge', /^InvalidParameterValueException$/, /unzipped size/i],
  ['brokenZip', /^InvalidParameterValueException$/, /unzip|zip file/i],
  ['tooLarge', /^(RequestEntityTooLargeException|RequestTooLargeException|CodeStorageExceededException)$/],
  ['badEvent', /^InvalidRequestContentException$/],
  ['alreadyThere', /^(EntityAlreadyExists(Exception)?|ResourceAlreadyExistsException)$/],
  ['alreadyThere', /^ResourceConflictException$/, /already exist/i],
  ['beingUpdated', /^(ResourceConflictException|ResourceNotReadyException)$/],
  ['notThere', /^(ResourceNotFoundException|NoSuchEntity(Exception)?)$/],
  ['inUse', /^(DeleteConflict(Exception)?|ResourceInUseException)$/],
  ['badPolicy', /^MalformedPolicyDocument(Exception)?$/],
  ['tooMany', /^(TooManyRequestsException|ThrottlingException|Throttling)$/],
  ['limit', /^LimitExceeded(Exception)?$/],
  ['denied', /^AccessDenied(Exception)?$/],
  ['badKeys', /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|ExpiredToken(Exception)?|InvalidSignatureException)$/],
  ['invalid', /^(InvalidParameterValueException|ValidationException|ValidationError|InvalidInput(Exception)?|InvalidParameterException|SerializationException)$/],
  ['notImplemented', /^(NotImplemented(Exception)?|UnsupportedOperation(Exception)?)$/],
]

/** The key, in `messages/<locale>/lab-refusals.json`, of what one of AWS's errors means; `other` where it is not a common one. */
export function refusalKey({ name, message }: { name: string; message: string }): string {
  return KNOWN.find(([, byName, byMessage]) => byName.test(name) && (byMessage?.test(message) ?? true))?.[0] ?? 'other'
}
