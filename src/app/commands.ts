import { askOutcome } from './ask-outcome.ts';
import type { Session } from './session.svelte.ts';
import { toggleNames } from './names.ts';
import { toggleTheme } from './theme.ts';

/** A verb that a person can run from the palette. */
export type Command = {
  readonly label: string;
  readonly run: () => void;
  /** Where others may have the same label. */
  readonly id?: string;
};

/** Every verb that makes sense now. */
export function commandsOf(
  session: Session,
  open: {
    readonly choose: () => void;
    readonly chooseRecipe: () => void;
    readonly exportProject: () => void;
  },
): readonly Command[] {
  const { place, history, segments, selection } = session;
  const commands: Command[] = [
    { label: 'Open files as a new project', run: open.choose },
    { label: 'Open a recipe', run: open.chooseRecipe },
    ...session.samples.list.map(({ id, name }) => ({
      label: `Open the sample ${name}`,
      run: () => void session.intake.openSample(id),
    })),
    { label: 'Go to Data', run: () => place.go('data') },
    { label: 'Go to Customers', run: () => place.go('customers') },
    { label: 'Go to Segments', run: () => place.go('segments') },
    { label: 'Go to Trust', run: () => place.go('trust') },
    { label: 'Switch between light and dark', run: toggleTheme },
    {
      label: session.naming.hidden ? 'Show who customers are' : 'Hide who customers are',
      run: () => toggleNames(session.naming),
    },
  ];
  if (history.canUndo)
    commands.push({ label: `Undo: ${history.undoLabel}`, run: () => void session.undo() });
  if (history.canRedo)
    commands.push({ label: `Redo: ${history.redoLabel}`, run: () => void session.redo() });
  if (session.running) commands.push({ label: 'Cancel what runs', run: () => session.cancel() });
  if (session.isOpen)
    commands.push(
      { label: 'Add files to this project', run: () => session.askFile('add') },
      { label: 'Export the project as a .tessera file', run: open.exportProject },
      { label: 'Close the project', run: () => session.close() },
    );
  for (const item of session.keeper.projects.shelf.recent)
    if (item.state !== 'unreadable' && item.id !== session.keeper.projects.current?.id)
      commands.push({
        id: `project ${item.id}`, // the same file opened twice gives two of one name
        label: `Open the project ${item.name}`,
        run: () => void session.keeper.resume(item.id),
      });
  for (const { letter, name, id } of segments.segmentation?.segments ?? [])
    commands.push({
      label: letter ? `Select segment ${letter}, ${name}` : `Select those ${name.toLowerCase()}`,
      run: () => ((selection.segment = id), place.go('segments')),
    });
  if (segments.segmentation)
    commands.push(
      {
        label: 'Save customers with their segments as CSV',
        run: () => void session.recipes.saveCustomers(),
      },
      {
        label: 'Save customers for machines: texts exactly as they are',
        run: () => void session.recipes.saveCustomers('exact'),
      },
      { label: 'Save the recipe', run: () => void session.recipes.save() },
      {
        label: 'What goes with being frequent, or another outcome; surprising subgroups',
        run: () => (place.go('segments'), askOutcome(session)),
      },
      {
        label: 'Group differently: choose a method',
        run: () => (place.go('segments'), (session.grouping.isOpen = true)),
      },
      {
        label: 'Choose the linked views',
        run: () => (place.go('segments'), (session.choosingViews = true)),
      },
      ...(session.linked && session.linked.filters.length > 0
        ? [{ label: 'Clear all brushes, picks and the lasso', run: () => selection.clearRange() }]
        : []),
      ...(session.runs.list.length > 1
        ? [
            {
              label: 'Compare the last runs',
              run: () => (place.go('segments'), session.grouping.compare()),
            },
          ]
        : []),
      {
        label: 'Check the segments: tiny, empty, double, mixing, overlapping',
        run: () => (place.go('segments'), session.hands.check()),
      },
      {
        label: 'Versions of the segments: save, compare, bring back',
        run: () => (place.go('segments'), (session.versions.isOpen = true)),
      },
      {
        label: 'Compare customers: a segment against others',
        run: () => (place.go('segments'), session.sideBySide.begin()),
      },
      {
        label: 'Choose the number of segments by silhouette',
        run: () =>
          void session.change('segments', 'k by silhouette', {
            ...session.history.current.segments,
            k: null,
          }),
      },
    );
  return commands;
}
