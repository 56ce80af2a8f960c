import { mount } from 'svelte';
import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import App from './app/App.svelte';
import { restoreTheme } from './app/theme.ts';

restoreTheme();
mount(App, { target: document.getElementById('app') ?? document.body });
