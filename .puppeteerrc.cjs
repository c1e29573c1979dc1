/** Installing fetches no browser: the app finds one on the computer, or downloads it when the owner asks for it. */
module.exports = { skipDownload: true }
