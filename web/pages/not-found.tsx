import { PageHeading } from '../parts/page-heading.tsx';

export function NotFound() {
  return (
    <>
      <PageHeading title="No such page" />
      <p class="lead">
        Nothing lives at this address. Perhaps it was cut off when it was copied. All domains are on{' '}
        <a href="/">the overview</a>.
      </p>
    </>
  );
}
