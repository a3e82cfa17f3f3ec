import { NotFoundPage } from '@/components/shell/not-found-page'

/** What stands where no open lab is: it may be one of the course that has not opened yet. */
export default function LabNotFound() {
  return <NotFoundPage texts="lab.notFound" />
}
