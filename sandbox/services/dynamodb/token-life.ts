/** As long a token stands for its transaction, in ms (DynamoDB API reference, "TransactWriteItems"). */
export const TOKEN_MS = 10 * 60_000
