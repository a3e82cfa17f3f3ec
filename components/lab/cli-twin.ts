import { commandToCli } from '@/lib/aws-cli'
import type { Action, LabFiles } from '@/lib/lab/define-lab'
import { readForm, type FormValues } from './form-input'
import type { StartedLab } from './lab-for-action'

/** An action as an AWS CLI command. `zip` is the code that the command reads from a file, base64. Empty while the form is not valid. */
export interface CliTwin {
  text?: string
  zip?: { name: string; base64: string }
}

/** The name under which the page offers an action's code, and its CLI command reads it. */
const zipName = 'function.zip'

/** Writes the AWS CLI twin of an action for what its form holds. */
export function cliTwin({ state, accountId, cloud }: Pick<StartedLab, 'state' | 'accountId' | 'cloud'>, action: Action<any>, values: FormValues): CliTwin {
  const read = readForm(action, values)
  if ('fields' in read) return {}
  const command = action.command(read.input, { files: state.files as LabFiles, accountId, region: cloud.region })
  const zip: Uint8Array | undefined = command.input.ZipFile ?? command.input.Code?.ZipFile
  return {
    text: commandToCli(action.service, command, { files: { ZipFile: zipName } }),
    ...(zip && { zip: { name: zipName, base64: Buffer.from(zip).toString('base64') } }),
  }
}
