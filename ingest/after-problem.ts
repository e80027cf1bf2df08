/** Why mail is left where it is although its owner chose otherwise. Closed list. */
export type AfterProblemCode =
  | 'read-only'
  | 'cannot-mark'
  | 'cannot-move'
  | 'cannot-delete'
  | 'no-target'
  | 'own-folder'
  | 'circle'
  | 'server-refused'
  | 'left-behind';

export interface AfterProblem {
  code: AfterProblemCode;
  message: string;
  advice: string;
}

/** What the sentences name: the folder that is read, the one to move to, and the server's own words. */
export interface AfterNames {
  folder: string;
  target: string;
  words: string;
}

const LEFT = 'Reports are stored, and their mail is left where it is.';

export const afterProblem = (code: AfterProblemCode, names: AfterNames): AfterProblem => ({
  code,
  message: `${messageOf(code, names)} ${LEFT}`,
  advice: adviceOf(code, names),
});

function messageOf(code: AfterProblemCode, { folder, target, words }: AfterNames): string {
  switch (code) {
    case 'read-only':
      return `This account may only read “${folder}”.`;
    case 'cannot-mark':
      return `The server keeps no mark of what was read in “${folder}”.`;
    case 'cannot-move':
      return 'The server can neither move messages (MOVE) nor remove single ones (UIDPLUS).';
    case 'cannot-delete':
      return `Single messages of “${folder}” cannot be removed: the server lacks UIDPLUS, or this account the right.`;
    case 'no-target':
      return `There is no folder “${target}”.`;
    case 'own-folder':
      return `“${target}” is the folder that is read.`;
    case 'circle':
      return `Another mailbox moves mail out of “${target}”.`;
    case 'server-refused':
      return words;
    case 'left-behind':
      return 'The server said that it was done, and the messages are still there.';
  }
}

function adviceOf(code: AfterProblemCode, { target }: AfterNames): string {
  switch (code) {
    case 'read-only':
      return 'Whoever runs the server can give the right to change the folder; or choose to leave the mail as it is.';
    case 'cannot-mark':
    case 'cannot-move':
      return 'Choose something else, or leave the mail as it is: a rule of the server may move it.';
    case 'cannot-delete':
      return 'Choose something else. Without UIDPLUS, deleting would also remove what others have marked as deleted.';
    case 'no-target':
      return `Create “${target}” in your mail program, or choose that Ruadmap creates it.`;
    case 'own-folder':
      return 'Name another folder.';
    case 'circle':
      return 'Name another folder, or leave the mail as it is in one of the two: it would be moved to and fro.';
    case 'server-refused':
      return 'The words are the server’s. It is tried again later; nothing is lost meanwhile.';
    case 'left-behind':
      return 'It is tried again later. If it stays so, leave the mail as it is.';
  }
}
