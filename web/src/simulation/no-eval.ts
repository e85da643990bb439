/** Imported before any schema is made: the page’s policy forbids making functions from text, and zod would try. */
import { z } from 'zod'

z.config({ jitless: true })
