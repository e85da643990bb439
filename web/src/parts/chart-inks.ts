/** Colours of charts, told apart on light and on dark ground. */

export const chartLines = {
  light: ['#2b8a3e', '#1864ab', '#868e96', '#d9480f', '#862e9c', '#a61e4d'],
  dark: ['#69db7c', '#74c0fc', '#909296', '#ffa94d', '#e599f7', '#faa2c1'],
}

export const chartInks = {
  light: { text: '#495057', grid: '#e9ecef' },
  dark: { text: '#c1c2c5', grid: '#373a40' },
}
