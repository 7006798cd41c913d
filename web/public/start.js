// Runs before the app, also in browsers in which the app cannot: so its syntax is that of 2015 at most.
;(function () {
  'use strict'
  const page = document.documentElement

  // What the app uses and browsers learnt last. The versions that index.html names have all of it.
  function isNewEnough() {
    return (
      'noModule' in document.createElement('script') &&
      typeof Map.groupBy === 'function' &&
      typeof Array.prototype.toSorted === 'function' &&
      typeof String.prototype.isWellFormed === 'function' &&
      typeof AbortSignal.any === 'function' &&
      typeof Intl.Segmenter === 'function' &&
      CSS.supports('selector(:has(*))') &&
      CSS.supports('color', 'color-mix(in srgb, red, blue)') &&
      CSS.supports('container-type', 'inline-size')
    )
  }

  // Until the answer is there: a browser that lacks more than that stops there.
  page.setAttribute('data-start', 'old')
  if (isNewEnough()) page.removeAttribute('data-start')

  function fail() {
    if (!page.hasAttribute('data-start')) page.setAttribute('data-start', 'failed')
  }

  // A script of the app that does not arrive, or that stops. The page says so only while the app shows nothing.
  window.addEventListener(
    'error',
    function (event) {
      const target = event.target
      const from = target && target.nodeName === 'SCRIPT' ? target.src : event.filename
      if (from && from.indexOf(location.protocol + '//' + location.host + '/') === 0) fail()
    },
    true,
  )
  window.addEventListener('unhandledrejection', fail)

  // With site data blocked, to look at the storage is an error. The app gets one that keeps nothing and says so.
  function replaceBlocked(name) {
    try {
      if (window[name]) return
      // oxlint-disable-next-line no-unused-vars -- A catch without a name is of 2019.
    } catch (error) {
      // Blocked.
    }
    Object.defineProperty(window, name, {
      value: {
        length: 0,
        key: function () {
          return null
        },
        getItem: function () {
          return null
        },
        setItem: function () {
          throw new Error('This browser keeps no data of this site.')
        },
        removeItem: function () {},
        clear: function () {},
      },
    })
  }
  replaceBlocked('localStorage')
  replaceBlocked('sessionStorage')

  // The page is light or dark before it shows anything: as remembered in this browser, or else as the system prefers.
  const kept = localStorage.getItem('deskbell-color-scheme')
  const isKept = kept === 'light' || kept === 'dark'
  const isDark = isKept ? kept === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  page.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light')
})()
