import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { UploadList } from './upload-list.tsx';
import { uploadAll } from './uploads.ts';

/** Takes report files by drag and drop or by a button, and tells what was in them. */
export function DropFiles() {
  const over = useSignal(false);
  const inputId = useId();
  return (
    <div
      class={over.value ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        void uploadAll([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <label for={inputId}>Drop report files here, or choose them</label>
      <input
        id={inputId}
        type="file"
        multiple
        onChange={(event) => {
          void uploadAll([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <p class="hint">XML, gzip, zip or tar; single mails (.eml) and mbox files, too.</p>
      <UploadList />
    </div>
  );
}
