import type { Figure } from '../../../contract/measurement.ts'
import { useWords } from '../../words.ts'

/** A member as a reader says it: categories, channels and priorities are codes, the others have names. */
export function useMemberName() {
  const { t, label } = useWords()
  return (by: string, { member, memberName }: Pick<Figure, 'member' | 'memberName'>): string => {
    if (member === null || member === '') return t('indicator.none')
    if (by === 'channel' || by === 'priority' || by === 'lifeStage') return label(by, member)
    if (by === 'category') {
      const [category = '', ...rest] = member.split('-')
      return [label('category', category), ...rest].join('-')
    }
    return memberName ?? member
  }
}
