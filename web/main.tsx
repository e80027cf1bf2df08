import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/tables.css';
import './styles/charts.css';
import './styles/forms.css';
import './styles/mailboxes.css';
import './styles/verdict.css';
import './styles/gates.css';
import './styles/insight.css';
import './styles/print.css';
import { App } from './app.tsx';
import { startClock } from './clock.ts';
import { startLive } from './live.ts';
import { startNavigation } from './navigation.ts';
import { startTheme } from './theme.ts';

startTheme();
startClock();
startNavigation();
startLive();

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
