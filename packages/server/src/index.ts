export { startServer, type RunningServer, type ServerOverrides } from './startServer.ts'
export {
  ConfigError,
  ENVIRONMENT_NAMES,
  readConfig,
  type Config,
  type ConfigOverrides,
  type LogLevel,
} from './config/config.ts'
export { openAdmin, type Admin } from './admin.ts'
export { examineInstallation, type Examination, type Finding } from './doctor.ts'
export { AppError } from './errors/appError.ts'
export { ERROR_CATALOGUE } from './errors/errorCatalogue.ts'
export { createLogger, type Logger } from './observability/logger.ts'
