'use server'

import { z } from 'zod'
import { email, fieldErrors, password, personName } from '@/lib/auth/people'
import { hashPassword } from '@/lib/auth/password'
import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { currentLocale } from '@/lib/i18n/current-locale'

const newAccount = z.object({ name: personName, email, password })

/**
 * Makes a learner's account; the form signs in with it afterwards. Mentors are made at the terminal.
 *
 * @returns the keys under `auth.invalid` of what was wrong by field; empty when the account is there
 */
export async function createAccount(form: FormData): Promise<Record<string, string>> {
  const { data, error } = newAccount.safeParse(Object.fromEntries(form))
  if (error) return fieldErrors(error)
  try {
    await db.user.create({
      data: { name: data.name, email: data.email, passwordHash: await hashPassword(data.password), locale: await currentLocale() },
    })
    return {}
  } catch (failure) {
    if (failure instanceof Prisma.PrismaClientKnownRequestError && failure.code === 'P2002') return { email: 'emailTaken' }
    throw failure
  }
}
