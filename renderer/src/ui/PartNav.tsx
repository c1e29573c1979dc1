import { Link } from 'wouter'
import classes from './PartNav.module.css'

interface PartNavProps {
  label: string
  parts: readonly { href: string; label: string; current: boolean }[]
}

/** Links to the parts of one screen, below its heading. */
export function PartNav({ label, parts }: PartNavProps) {
  return (
    <nav aria-label={label}>
      <ul className={classes.parts}>
        {parts.map((part) => (
          <li key={part.href}>
            <Link href={part.href} className={classes.part} aria-current={part.current ? 'page' : undefined}>
              {part.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
