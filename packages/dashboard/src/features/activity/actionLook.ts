import {
  IconAdjustments,
  IconDownload,
  IconEraser,
  IconEye,
  IconKey,
  IconLogin,
  IconLogout,
  IconPointFilled,
  IconShieldExclamation,
  IconUserPlus,
  IconWorldPlus,
  type TablerIcon,
} from '@tabler/icons-react'
import type { MessageKey } from '../../translations/translator.ts'

export interface ActionLook {
  readonly icon: TablerIcon
  readonly color: string
  /** Nothing for an action that this dashboard does not know yet: its own name is shown. */
  readonly label?: MessageKey
}

const LOOKS: Readonly<Record<string, ActionLook>> = {
  'recording.watched': { icon: IconEye, color: 'blue', label: 'audit.recording.watched' },
  'recording.exported': { icon: IconDownload, color: 'grape', label: 'audit.recording.exported' },
  'recording.erased': { icon: IconEraser, color: 'red', label: 'audit.recording.erased' },
  'sign-in': { icon: IconLogin, color: 'teal', label: 'audit.sign-in' },
  'sign-in.failed': { icon: IconShieldExclamation, color: 'orange', label: 'audit.sign-in.failed' },
  'sign-out.everywhere': { icon: IconLogout, color: 'gray', label: 'audit.sign-out.everywhere' },
  'password.changed': { icon: IconKey, color: 'orange', label: 'audit.password.changed' },
  'account.created': { icon: IconUserPlus, color: 'teal', label: 'audit.account.created' },
  'site.created': { icon: IconWorldPlus, color: 'teal', label: 'audit.site.created' },
  'site.changed': { icon: IconAdjustments, color: 'orange', label: 'audit.site.changed' },
}

export function actionLook(action: string): ActionLook {
  return (Object.hasOwn(LOOKS, action) ? LOOKS[action] : undefined) ?? { icon: IconPointFilled, color: 'gray' }
}
