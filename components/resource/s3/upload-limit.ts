/** The largest file that the page uploads, in bytes; larger ones go by the AWS CLI. */
export const uploadLimit = 20_000_000
