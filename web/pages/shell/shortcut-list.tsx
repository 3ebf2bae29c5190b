import { Switch } from 'antd'
import { useSyncExternalStore } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { keysShown, shortcutGroups, shortcuts, singleKeys } from '../../ui/shortcuts.ts'
import { useWords } from '../../words.ts'
import './shortcut-list.css'

/** Every key there is, from the registry itself, and the switch that turns the single ones off. */
export default function ShortcutList({ onClose }: { onClose: () => void }) {
  const { t, label } = useWords()
  const state = useSyncExternalStore(singleKeys.on, singleKeys.get)
  return (
    <Dialog title={t('key.list')} place="middle" onClose={onClose}>
      <div className="row">
        <Switch
          size="small"
          aria-labelledby="single-keys"
          checked={state === 'on'}
          onChange={(on) => singleKeys.set(on ? 'on' : 'off')}
        />
        <span id="single-keys">{t('key.single')}</span>
        <span className="soft small">{t('key.singleWhy')}</span>
      </div>
      <div className="shortcuts">
        {shortcutGroups.map((group) => (
          <section key={group}>
            <h3>{label('keyGroup', group)}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ keys, word }) => (
                  <div key={keys}>
                    <dt>{t(word)}</dt>
                    <dd>
                      {keysShown(keys)
                        .split(' ')
                        .map((key) => (
                          <kbd key={key}>{key}</kbd>
                        ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
