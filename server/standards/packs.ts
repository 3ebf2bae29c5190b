import { contactCenter } from './packs/contact-center.ts'
import { general } from './packs/general.ts'
import { hardware } from './packs/hardware.ts'
import { industries } from './packs/industries.ts'
import { performance } from './packs/performance.ts'
import type { Pack } from './shapes.ts'

/** The packs an organization can start from; the first is the default, those of the sources come before the industries. */
export const packs: readonly Pack[] = [general, hardware, contactCenter, performance, ...industries]
