import { getRequestConfig } from 'next-intl/server'
import { getViewer } from '@/lib/auth'
import { currentLocale } from './current-locale'
import { loadMessages } from './load-messages'

/** What next-intl works with in a request: language, texts and the reader's time zone. */
export default getRequestConfig(async () => {
  const locale = await currentLocale()
  const viewer = await getViewer()
  return { locale, messages: await loadMessages(locale), timeZone: viewer?.timeZone ?? 'Asia/Ho_Chi_Minh' }
})
