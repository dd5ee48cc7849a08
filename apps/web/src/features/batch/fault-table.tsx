/** What is wrong in a file, counted by column and kind. */
'use client';
import { useTranslations } from 'next-intl';
import { ScrollTable } from '../../components/scroll-table.tsx';
import type { DatasetSchema } from '../../lib/api/types.ts';
import type { FaultCount } from './summary.ts';
import { useFaultText } from './use-fault-text.ts';

export interface FaultTableProps {
  readonly faults: readonly FaultCount[];
  readonly schema: DatasetSchema;
}

export function FaultTable({ faults, schema }: FaultTableProps) {
  const t = useTranslations('batch');
  const textOf = useFaultText(schema);
  return (
    <ScrollTable label={t('faultsFound')}>
      <thead>
        <tr>
          <th scope="col">{t('columns.column')}</th>
          <th data-words scope="col">
            {t('columns.fault')}
          </th>
          <th scope="col">{t('columns.rows')}</th>
          <th scope="col">{t('columns.firstLine')}</th>
        </tr>
      </thead>
      <tbody>
        {faults.map((fault) => (
          <tr key={`${fault.column} ${fault.kind}`}>
            <th scope="row">{fault.column === undefined ? t('wholeRow') : <code>{fault.column}</code>}</th>
            <td data-words>{textOf(fault)}</td>
            <td>{t('count', { count: fault.count })}</td>
            <td>{t('count', { count: fault.firstLine })}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
