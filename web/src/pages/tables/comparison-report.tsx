/** The report of a comparison, as the page that can be downloaded shows it: plots, maps, figures. */
import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { addressOf } from '../../api/call.ts'
import { CardSection } from '../../parts/card-section.tsx'

const file = 'comparison.html'

/** No script of it runs, and it reaches nothing: it is shown in a frame that may not. */
export function ComparisonReport({ result }: { result: string }) {
  const page = useQuery({
    queryKey: ['comparison page', result],
    queryFn: async ({ signal }) => {
      const answer = await fetch(addressOf('downloadTableResult', { params: { result, file } }), { signal })
      if (!answer.ok) throw new Error(`The report could not be read (${answer.status}).`)
      return answer.text()
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <CardSection title="Report">
      {page.error && <Alert color="red" title={page.error.message} />}
      {page.isPending && <Text size="sm">Reading …</Text>}
      {page.data !== undefined && <Framed text={page.data} />}
    </CardSection>
  )
}

/** As high as what it shows. */
function Framed({ text }: { text: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(600)
  const [loaded, setLoaded] = useState(false)
  useEffect(() => {
    const body = loaded ? frame.current?.contentDocument?.body : undefined
    if (!body) return undefined
    const observer = new ResizeObserver(() => setHeight(body.scrollHeight + 24))
    observer.observe(body)
    return () => observer.disconnect()
  }, [loaded])
  return (
    <iframe
      ref={frame}
      title="Report of the comparison"
      sandbox="allow-same-origin"
      srcDoc={text}
      onLoad={() => setLoaded(true)}
      style={{ width: '100%', height, border: 0 }}
    />
  )
}
