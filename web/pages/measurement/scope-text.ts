import type { IndicatorScope } from '../../../contract/standards.ts'
import { useMemberName } from './member-name.ts'

/** The records an indicator stands for, as a reader says it; empty for all of them. */
export function useScopeText() {
  const memberName = useMemberName()
  return (scope: IndicatorScope | undefined): string =>
    Object.entries(scope ?? {})
      .map(([by, member]) => memberName(by, { member, memberName: member }))
      .join(' · ')
}
