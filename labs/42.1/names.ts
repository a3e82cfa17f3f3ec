import { labFiles } from '@/lib/lab/files'

export const FUNCTION = 'bookshop-order-total'
export const ROLE = 'bookshop-order-total-role'
export const RECEIPT = 'bookshop-receipt'
export const RECEIPT_ROLE = 'bookshop-receipt-role'
/** The folder of the learner's files that becomes the function. */
export const FOLDER = 'order-total'

export const starter = labFiles('42.1', 'starter')
export const scene = labFiles('42.1', 'scene')
export const solution = labFiles('42.1', 'solution')
