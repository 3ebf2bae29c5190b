import { ConfigProvider, type ThemeConfig, theme } from 'antd'
import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { useSpoken } from '../words.ts'
import { density, onLook, shownAppearance } from './appearance.ts'
import { Toast } from './toast.tsx'

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''

/** antd in our colours and sizes: tokens.css is the only place where one is written. */
export function Look({ children }: { children: ReactNode }) {
  const { antd } = useSpoken()
  const shown = useSyncExternalStore(onLook, shownLook)
  const look = useMemo(() => themeOf(shown), [shown])
  return (
    <ConfigProvider
      locale={antd}
      theme={look}
      csp={{ nonce }}
      getPopupContainer={(near) => near?.closest('dialog') ?? document.body}
      componentSize="middle"
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      {children}
      <Toast />
    </ConfigProvider>
  )
}

type ShownLook = `${'light' | 'dark'} ${'comfortable' | 'compact'}`
const shownLook = (): ShownLook => `${shownAppearance()} ${density.get()}`

function themeOf(shown: ShownLook): ThemeConfig {
  const styles = getComputedStyle(document.documentElement)
  const of = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  const pixels = (name: string) => Number.parseInt(of(name), 10)
  return {
    algorithm: shown.startsWith('dark') ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: of('accent'),
      colorLink: of('accent'),
      colorSuccess: of('good'),
      colorWarning: of('warn'),
      colorError: of('bad'),
      colorInfo: of('accent'),
      colorText: of('ink'),
      colorTextSecondary: of('ink-soft'),
      colorTextPlaceholder: of('ink-soft'),
      colorBgBase: of('panel'),
      colorBgContainer: of('panel'),
      colorBgElevated: of('raised'),
      colorBgLayout: of('ground'),
      colorBorder: of('edge'),
      colorBorderSecondary: of('line'),
      borderRadius: pixels('round'),
      borderRadiusLG: pixels('round-panel'),
      controlHeight: pixels('control'),
      fontSize: pixels('body'),
      fontWeightStrong: 600,
      fontFamily: 'var(--face)',
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: of('quick'),
      motionDurationSlow: of('slow'),
    },
    components: { Button: { primaryColor: of('on-accent'), fontWeight: 400, primaryShadow: 'none' } },
  }
}
