/** A page's heading and what it is for, in a sentence. */
import css from './page-head.module.css';

export interface PageHeadProps {
  readonly title: string;
  readonly lead: string;
}

export function PageHead({ title, lead }: PageHeadProps) {
  return (
    <div className={css.head}>
      <h1 className={css.title}>{title}</h1>
      <p className={css.lead}>{lead}</p>
    </div>
  );
}
